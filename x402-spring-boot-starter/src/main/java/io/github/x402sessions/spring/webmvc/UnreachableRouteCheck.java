package io.github.x402sessions.spring.webmvc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import io.github.x402sessions.spring.route.PathOverlap;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Tells at start which configured routes charge for nothing, because no handler, static
 * resource or servlet can be reached by their path: most likely the path is misspelt, and
 * what it should charge for is free. What cannot be looked into counts as reachable.
 */
public final class UnreachableRouteCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(UnreachableRouteCheck.class);

	private final List<X402Properties.Route> routes;

	private final ControllerMethods methods;

	private final @Nullable ServletContext servletContext;

	private final String servletPrefix;

	private final boolean strict;

	/**
	 * Create the check.
	 * @param properties the configured routes, and whether the start is strict
	 * @param methods knows the mappings
	 * @param servletContext knows the servlets
	 * @param servletPrefix what the dispatcher's own path puts in front of all mappings
	 */
	public UnreachableRouteCheck(X402Properties properties, ControllerMethods methods,
			@Nullable ServletContext servletContext, String servletPrefix) {
		this.routes = properties.routes();
		this.strict = properties.facilitator().strictStart();
		this.methods = methods;
		this.servletContext = servletContext;
		this.servletPrefix = servletPrefix;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (int i = 0; i < this.routes.size(); i++) {
			String path = String.valueOf(this.routes.get(i).path());
			if (!isReachable(path)) {
				tell("x402.routes[" + i + "].path", path);
			}
		}
	}

	private void tell(String place, String path) {
		String problem = "no handler, static resource or servlet of this application can be reached by '" + path + "'";
		if (this.strict) {
			throw new InvalidX402ConfigurationException(place, problem,
					"Set " + place + " to the path of what it has a price for, or remove the route.");
		}
		logger.warn("{} charges for nothing: {}. Is it misspelt?", place, problem);
	}

	private boolean isReachable(String path) {
		return servletPatterns().anyMatch((pattern) -> PathOverlap.of(path, pattern))
				|| this.methods.mappings().stream().anyMatch((mapping) -> isReachable(path, mapping));
	}

	private boolean isReachable(String path, HandlerMapping mapping) {
		if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
			return methods.getHandlerMethods()
				.keySet()
				.stream()
				.flatMap((info) -> info.getPatternValues().stream())
				.anyMatch((pattern) -> meets(path, pattern));
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) {
			return urls.getDefaultHandler() != null || (urls.getRootHandler() != null && meets(path, "/"))
					|| urls.getHandlerMap().entrySet().stream().anyMatch((entry) -> isReachable(path, entry));
		}
		return !(mapping instanceof RouterFunctionMapping functions) || functions.getRouterFunction() != null;
	}

	private boolean isReachable(String path, Map.Entry<String, Object> entry) {
		return meets(path, entry.getKey()) && (!(entry.getValue() instanceof ResourceHttpRequestHandler handler)
				|| StaticResourcePaths.renames(handler) || hasFile(path, entry.getKey(), handler));
	}

	private boolean meets(String path, String pattern) {
		return PathOverlap.of(path, this.servletPrefix + pattern);
	}

	private boolean hasFile(String path, String pattern, ResourceHttpRequestHandler handler) {
		String root = PathOverlap.literal(this.servletPrefix + pattern);
		String literal = PathOverlap.literal(path);
		boolean exact = literal.length() == path.length();
		String directory = literal.substring(0, literal.lastIndexOf('/') + 1);
		String name = exact ? path : directory;
		return !name.startsWith(root) || handler.getLocations()
			.stream()
			.anyMatch((location) -> exists(location, name.substring(root.length()), exact));
	}

	private static boolean exists(Resource location, String name, boolean exact) {
		try {
			return location.exists() && (exact ? location.createRelative(name).exists() : hasFiles(location, name));
		}
		catch (IOException | UncheckedIOException ex) {
			return true;
		}
	}

	/** A directory may be large: it is looked through up to the first file. */
	private static boolean hasFiles(Resource location, String directory) throws IOException {
		if (!location.isFile()) {
			return Stream
				.of(new PathMatchingResourcePatternResolver().getResources(location.getURL() + directory + "**/*"))
				.anyMatch(Resource::isReadable);
		}
		Path root = location.getFile().toPath().resolve(directory);
		if (Files.notExists(root)) {
			return false;
		}
		try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
			return files.anyMatch(Files::isRegularFile);
		}
	}

	private Stream<String> servletPatterns() {
		if (this.servletContext == null) {
			return Stream.empty();
		}
		return this.servletContext.getServletRegistrations()
			.values()
			.stream()
			.filter((servlet) -> !DispatcherServlet.class.getName().equals(servlet.getClassName()))
			.flatMap(UnreachableRouteCheck::patterns);
	}

	/** A servlet's patterns in the syntax of Spring. */
	private static Stream<String> patterns(ServletRegistration servlet) {
		return servlet.getMappings()
			.stream()
			.map((mapping) -> mapping.startsWith("*.") ? "/**/" + mapping : mapping)
			.map((mapping) -> mapping.equals("/") ? "/**" : mapping.replaceFirst("/\\*$", "/**"));
	}

}
