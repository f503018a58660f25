"""What is kept of a cycle: the audit trail, definitions as they were frozen, rounds with their arahan, who held which post, for how long."""
