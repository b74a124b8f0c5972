"""The CMS site: settings, addresses, pages, articles and notices."""
