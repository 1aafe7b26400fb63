package io.github.x402sessions.spring.route;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Reads which calls of a priced route cost nothing, and refuses what nobody keeps.
 */
public final class FreeDeclarations {

	/** Takes none, for prices of what is no route of a web server. */
	static final FreeDeclarations REFUSED = new FreeDeclarations(() -> null);

	private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)");

	private final Supplier<@Nullable FreeAccess> access;

	/**
	 * Create them.
	 * @param access finds what keeps declarations, or {@code null} if nothing does; asked
	 * when all singletons exist
	 */
	public FreeDeclarations(Supplier<@Nullable FreeAccess> access) {
		this.access = access;
	}

	/**
	 * Read what a configured route says. It has to be {@link #check checked} later on.
	 * @throws InvalidX402ConfigurationException if a number is out of range
	 */
	static @Nullable FreeCalls ofRoute(String place, X402Properties.Route route) {
		String method = StringUtils.hasText(route.method()) ? route.method().trim() : "*";
		return read(place + ".free-per-day", route.freeFor(), route.freePerDay(), method + " " + route.path());
	}

	/**
	 * Read and check what an annotation says.
	 * @param name the patterns of the method's path
	 * @throws InvalidX402ConfigurationException if it is wrong or cannot be kept
	 */
	@Nullable FreeCalls ofMethod(String place, String name, @Nullable String condition, int perDay) {
		FreeCalls calls = read(place, condition, perDay, place + " " + name);
		if (calls != null) {
			check(place, calls, variables(name));
		}
		return calls;
	}

	private static @Nullable FreeCalls read(String place, @Nullable String condition, int perDay, String counter) {
		boolean conditional = StringUtils.hasText(condition);
		if (!conditional && perDay == 0) {
			return null;
		}
		try {
			return new FreeCalls(conditional ? condition : null, perDay, counter);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(place, perDay + " free calls a day are not possible",
					"Set 0 to " + FreeCalls.MAX_PER_DAY + ".");
		}
	}

	/** A method with several patterns has the variables that are in all of them. */
	private static Set<String> variables(String patterns) {
		return Arrays.stream(patterns.split(" "))
			.map((pattern) -> VARIABLE.matcher(pattern)
				.results()
				.map((MatchResult result) -> result.group(1))
				.collect(Collectors.toSet()))
			.reduce((one, other) -> {
				Set<String> both = new HashSet<>(one);
				both.retainAll(other);
				return both;
			})
			.orElse(Set.of());
	}

	/**
	 * Check that a declaration is kept.
	 * @throws InvalidX402ConfigurationException if it is not
	 */
	void check(String place, FreeCalls calls, Set<String> variables) {
		FreeAccess keeper = this.access.get();
		if (keeper == null) {
			throw new InvalidX402ConfigurationException(place,
					"some of its calls are said to be free, which nothing keeps here",
					"Leave it out: only HTTP routes have free calls, with X402FreeAutoConfiguration.");
		}
		keeper.check(place, calls, variables);
	}

}
