"""The pages, one file per place people go to. Views fetch (authorised by the queryset), ask a form or a door, and redirect."""
