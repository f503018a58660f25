"""The worker that makes PDFs: typeset.py is the process, house_style.py what is ready before an order comes, parts.py and binding.py are for long papers."""
