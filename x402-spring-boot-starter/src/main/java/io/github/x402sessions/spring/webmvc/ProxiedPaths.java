package io.github.x402sessions.spring.webmvc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.springframework.core.io.Resource;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Collects the path patterns that Spring Cloud Gateway passes on to others. It is known
 * by the name of its handlers, so it need not be there.
 */
final class ProxiedPaths implements RouterFunctions.Visitor {

	private static final String GATEWAY = "org.springframework.cloud.gateway.";

	private final Deque<List<String>> outer = new ArrayDeque<>(List.of(List.of("")));

	private final List<String> found = new ArrayList<>();

	private ProxiedPaths() {
	}

	/** Return the patterns; {@code /**} where a route asks for no path. */
	static List<String> of(RouterFunction<?> function) {
		ProxiedPaths paths = new ProxiedPaths();
		function.accept(paths);
		return paths.found;
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		List<String> nested = PredicatePaths.of(predicate);
		this.outer.push(nested.isEmpty() ? this.outer.element() : joined(nested));
	}

	@Override
	public void endNested(RequestPredicate predicate) {
		this.outer.pop();
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
		if (handler.getClass().getName().startsWith(GATEWAY)) {
			List<String> paths = PredicatePaths.of(predicate);
			this.found.addAll(joined(paths.isEmpty() ? List.of("/**") : paths));
		}
	}

	private List<String> joined(List<String> inner) {
		return this.outer.element().stream().flatMap((prefix) -> inner.stream().map(prefix::concat)).toList();
	}

	@Override
	public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
	}

	@Override
	public void unknown(RouterFunction<?> function) {
	}

}
