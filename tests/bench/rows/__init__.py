"""The measurements, one file for each group of rows. A function that measures runs without Django and asks workers for what runs in an installation."""
