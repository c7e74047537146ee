// Each start of the workbook has addresses that begin anew. A browser that was let in knows the beginning, so an address
// from before, kept or typed, still leads to its page. What it keeps is no key: that is the cookie below it.
try {
  const begin = localStorage.getItem("wb-begin"), page = /\/voila\/render\/.*$/.exec(location.pathname);
  if (begin && !location.pathname.startsWith(begin) && (page || location.pathname === "/")) {
    location.replace(begin + (page ? page[0].slice(1) : "") + location.search + location.hash);
  }
} catch { /* storage is off: the page says where to find the address */ }
