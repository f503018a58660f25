"""What people fill in: forms of the steps, of the plan, of people, and the posted worksheet grid."""
