package io.github.x402sessions.spring.webmvc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Requests that go to another servlet than Spring's, so that no controller of the same
 * path will see them. In doubt a request is Spring's. Thread-safe.
 */
final class OtherServlets {

	private final Map<String, Boolean> others = new ConcurrentHashMap<>();

	/** Tell whether a servlet serves a request that is not Spring's. */
	boolean serve(HttpServletRequest request) {
		HttpServletMapping mapping = request.getHttpServletMapping();
		String name = (mapping != null) ? mapping.getServletName() : null;
		if (name == null || name.isEmpty()) {
			return false;
		}
		return this.others.computeIfAbsent(name,
				(servlet) -> isOther(request.getServletContext().getServletRegistration(servlet)));
	}

	private static boolean isOther(ServletRegistration registration) {
		if (registration == null || registration.getClassName() == null) {
			return false;
		}
		try {
			Class<?> type = ClassUtils.forName(registration.getClassName(), null);
			return !DispatcherServlet.class.isAssignableFrom(type);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
