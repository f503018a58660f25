#!/usr/bin/env python
from sakip.command import main

if __name__ == "__main__":
    main()
