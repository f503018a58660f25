"""Workers: processes of their own with limits of their own, for what may be too big, too slow or hostile. No Django in them."""
