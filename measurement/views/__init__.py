"""Pages, in folders by the place that people go to. `urls.py` is the map of the site."""
