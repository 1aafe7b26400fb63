((path) => {
	try {
		const show = sessionStorage.getItem("x402-show") === path;
		sessionStorage.removeItem("x402-show");
		const kept = sessionStorage.getItem("x402-paid:" + path);
		if (kept !== null && (show || performance.getEntriesByType("navigation")[0].type === "back_forward")) {
			document.write(kept + "<" + "!--");
		}
	} catch {
		// A browser that keeps nothing.
	}
})(location.pathname + location.search);
