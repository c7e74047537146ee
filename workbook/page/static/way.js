// Each start of the workbook has a new base URL. A browser that was logged in remembers it, so an old
// address, bookmarked or typed, still leads to its page. It stores no key: that is the cookie below the base URL.
try {
  const begin = localStorage.getItem("wb-begin"), page = /\/voila\/render\/.*$/.exec(location.pathname);
  if (begin && !location.pathname.startsWith(begin) && (page || location.pathname === "/")) {
    location.replace(begin + (page ? page[0].slice(1) : "") + location.search + location.hash);
  }
} catch { /* storage is off: the page says where to find the address */ }
