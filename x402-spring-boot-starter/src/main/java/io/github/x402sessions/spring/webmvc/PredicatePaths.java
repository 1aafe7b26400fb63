package io.github.x402sessions.spring.webmvc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;

/**
 * Collects the path patterns that a predicate asks for; those that it excludes are left
 * out.
 */
final class PredicatePaths implements RequestPredicates.Visitor {

	private final List<String> found = new ArrayList<>();

	private int negations;

	private PredicatePaths() {
	}

	/** Return the patterns; none if any path will do. */
	static List<String> of(RequestPredicate predicate) {
		PredicatePaths paths = new PredicatePaths();
		predicate.accept(paths);
		return paths.found;
	}

	@Override
	public void path(String pattern) {
		if (this.negations == 0) {
			this.found.add(pattern);
		}
	}

	@Override
	public void startNegate() {
		this.negations++;
	}

	@Override
	public void endNegate() {
		this.negations--;
	}

	@Override
	public void method(Set<HttpMethod> methods) {
	}

	@Override
	@SuppressWarnings("removal")
	public void pathExtension(String extension) {
	}

	@Override
	public void header(String name, String value) {
	}

	@Override
	public void param(String name, String value) {
	}

	@Override
	public void version(String version) {
	}

	@Override
	public void startAnd() {
	}

	@Override
	public void and() {
	}

	@Override
	public void endAnd() {
	}

	@Override
	public void startOr() {
	}

	@Override
	public void or() {
	}

	@Override
	public void endOr() {
	}

	@Override
	public void unknown(RequestPredicate predicate) {
	}

}
