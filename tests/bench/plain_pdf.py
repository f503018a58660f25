"""WeasyPrint as it comes: a file of HTML into a PDF that is thrown away. Says the CPU seconds of it, imports apart."""

import sys
import time
from pathlib import Path

from weasyprint import HTML

if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text()
    begin = time.process_time()
    HTML(string=source).write_pdf()
    print(time.process_time() - begin)
