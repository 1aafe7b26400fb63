package io.github.x402sessions.spring.webmvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.spring.route.PathOverlap;
import io.github.x402sessions.spring.route.ServedPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.resource.CachingResourceResolver;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The paths of static resources that are asked for by another name: with a version in it,
 * without that of a web jar, or whatever a resolver of the application understands. Asks
 * the resolvers themselves and looks where the file lies. Thread-safe.
 */
public final class StaticResourcePaths implements ServedPaths {

	/** Resolvers that find a file by its own path only. */
	private static final Set<Class<?>> PLAIN = Set.of(PathResourceResolver.class, CachingResourceResolver.class,
			EncodedResourceResolver.class);

	private final ControllerMethods methods;

	private final HandlerLookup lookup;

	private final Supplier<Boolean> needed = SingletonSupplier.of(this::isNeeded);

	public StaticResourcePaths(ControllerMethods methods, HandlerLookup lookup) {
		this.methods = methods;
		this.lookup = lookup;
	}

	private boolean isNeeded() {
		return this.methods.mappings()
			.stream()
			.filter(AbstractUrlHandlerMapping.class::isInstance)
			.flatMap((mapping) -> ((AbstractUrlHandlerMapping) mapping).getHandlerMap().values().stream())
			.filter(ResourceHttpRequestHandler.class::isInstance)
			.anyMatch((handler) -> renames((ResourceHttpRequestHandler) handler));
	}

	/** Tell whether a handler finds resources by other names than their own. */
	static boolean renames(ResourceHttpRequestHandler handler) {
		return !handler.getResourceResolvers().stream().allMatch((resolver) -> PLAIN.contains(resolver.getClass()));
	}

	@Override
	public Optional<String> find(HttpServletRequest request) {
		if (!this.needed.get()) {
			return Optional.empty();
		}
		ProbeRequest probe = new ProbeRequest(request);
		HandlerExecutionChain chain = this.lookup.find(request, probe, this.methods.mappings());
		if (chain == null || !(chain.getHandler() instanceof ResourceHttpRequestHandler handler) || !renames(handler)) {
			return Optional.empty();
		}
		PathContainer path = ServletRequestPathUtils.getParsedRequestPath(probe).pathWithinApplication();
		return pattern(handler, path)
			.flatMap((pattern) -> file(handler, probe, pattern.extractPathWithinPattern(path).value())
				.map((file) -> servletPath(request) + PathOverlap.literal(pattern.getPatternString()) + file));
	}

	/** The mapping tells it to its own interceptor only. */
	private Optional<PathPattern> pattern(ResourceHttpRequestHandler handler, PathContainer path) {
		return this.methods.mappings()
			.stream()
			.filter(AbstractUrlHandlerMapping.class::isInstance)
			.flatMap((mapping) -> ((AbstractUrlHandlerMapping) mapping).getPathPatternHandlerMap().entrySet().stream())
			.filter((entry) -> handler.equals(entry.getValue()) && entry.getKey().matches(path))
			.map(Map.Entry::getKey)
			.min(Comparator.naturalOrder());
	}

	/** Return the path of the file that is served below the handler's locations. */
	private static Optional<String> file(ResourceHttpRequestHandler handler, HttpServletRequest request, String asked) {
		try {
			// What packs a file is left out: its price is that of the file.
			List<ResourceResolver> resolvers = handler.getResourceResolvers()
				.stream()
				.filter((resolver) -> !(resolver instanceof EncodedResourceResolver))
				.toList();
			Resource found = new Chain(resolvers).resolveResource(request, StringUtils.cleanPath(asked),
					handler.getLocations());
			if (found == null) {
				return Optional.empty();
			}
			String url = found.getURL().toString();
			return handler.getLocations()
				.stream()
				.flatMap((location) -> root(location).stream())
				.filter(url::startsWith)
				.findFirst()
				.map((root) -> UriUtils.decode(url.substring(root.length()), StandardCharsets.UTF_8));
		}
		catch (IOException | RuntimeException ex) {
			// The handler will meet the same failure and serve nothing.
			return Optional.empty();
		}
	}

	/** Several of Boot's locations are usually not there. */
	private static Optional<String> root(Resource location) {
		try {
			return Optional.of(location.getURL().toString());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** What the dispatcher's own path puts in front of all mappings. */
	private static String servletPath(HttpServletRequest request) {
		return (request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH) ? request.getServletPath() : "";
	}

	/**
	 * Asks one resolver after the other, as Spring's own does, which nobody can create.
	 */
	private record Chain(List<ResourceResolver> resolvers) implements ResourceResolverChain {

		@Override
		public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String path,
				List<? extends Resource> locations) {
			return this.resolvers.isEmpty() ? null
					: this.resolvers.get(0).resolveResource(request, path, locations, rest());
		}

		@Override
		public @Nullable String resolveUrlPath(String path, List<? extends Resource> locations) {
			return this.resolvers.isEmpty() ? null : this.resolvers.get(0).resolveUrlPath(path, locations, rest());
		}

		private Chain rest() {
			return new Chain(this.resolvers.subList(1, this.resolvers.size()));
		}

	}

}
