"""What people are told: whom a cycle waits for, notifications, reminders, mail."""
