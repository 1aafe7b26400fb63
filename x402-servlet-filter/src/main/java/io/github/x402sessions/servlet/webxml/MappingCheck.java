package io.github.x402sessions.servlet.webxml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import org.jspecify.annotations.Nullable;

/**
 * Looks for priced routes that requests reach without passing the filter: its mapping
 * decides what it sees, whatever its routes say. The servlet API does not tell whether a
 * filter supports asynchronous requests.
 */
public final class MappingCheck {

	private final String filterName;

	private final @Nullable String contextPath;

	private final @Nullable Collection<String> urlPatterns;

	private MappingCheck(String filterName, @Nullable String contextPath, @Nullable Collection<String> urlPatterns) {
		this.filterName = filterName;
		this.contextPath = contextPath;
		this.urlPatterns = urlPatterns;
	}

	public static MappingCheck of(FilterConfig config) {
		String name = config.getFilterName();
		FilterRegistration registration = config.getServletContext().getFilterRegistration(name);
		boolean known = registration != null && registration.getServletNameMappings().isEmpty();
		return new MappingCheck(name, config.getServletContext().getContextPath(),
				known ? registration.getUrlPatternMappings() : null);
	}

	/** What to warn about, one sentence for each route that is not wholly covered. */
	public List<String> unreached(List<RouteLine> routes) {
		List<String> warnings = new ArrayList<>();
		for (RouteLine route : routes) {
			if (this.urlPatterns != null && this.urlPatterns.stream().noneMatch((url) -> covers(url, route.path()))) {
				warnings.add(route.place() + ": filter '" + this.filterName + "' is mapped to " + this.urlPatterns
						+ ", so '" + route.path() + "' or a part of it is free. Map the filter to /*.");
			}
			String context = this.contextPath;
			if (context != null && !context.isEmpty() && route.path().startsWith(context + "/")) {
				warnings.add(route.place() + ": '" + route.path() + "' starts with the context path '" + context
						+ "'. Write the path within the application.");
			}
		}
		return warnings;
	}

	private static boolean covers(String urlPattern, String path) {
		if (urlPattern.equals(path)) {
			return true;
		}
		if (urlPattern.endsWith("/*")) {
			String prefix = urlPattern.substring(0, urlPattern.length() - 1);
			return path.startsWith(prefix) || (path + "/").equals(prefix);
		}
		return urlPattern.startsWith("*.") && path.endsWith(urlPattern.substring(1));
	}

}
