package io.github.x402sessions.core.challenge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Headers of the answers to priced requests besides the payment's own: each answer has
 * those that its writer asks for. A handler's failure that costs nothing has none.
 */
public final class ResponseHeaders {

	private ResponseHeaders() {
	}

	/** Let scripts of other origins read the payment headers, in addition to others. */
	public static void expose(OwnAnswer answer) {
		answer.add("Access-Control-Expose-Headers", PaymentHeader.REQUIRED + ", " + PaymentHeader.RESPONSE);
	}

	/** Tell clients, scripts of other origins among them, when to ask again. */
	static void retryAfter(OwnAnswer answer, int seconds) {
		answer.set("Retry-After", Integer.toString(seconds));
		answer.add("Access-Control-Expose-Headers", "Retry-After");
	}

	/** Tell caches that the answer depends on what the client accepts. */
	static void varyByAccept(OwnAnswer answer) {
		boolean known = answer.values("Vary")
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.map(String::trim)
			.anyMatch((name) -> name.equals("*") || name.equalsIgnoreCase("Accept"));
		if (!known) {
			answer.add("Vary", "Accept");
		}
	}

	/** Keep what one client paid for out of shared caches. */
	public static void keepPrivate(OwnAnswer answer) {
		answer.set("Cache-Control", withPrivate(String.join(", ", answer.values("Cache-Control"))));
		for (String name : List.copyOf(answer.names())) {
			String withheld = withheld(name);
			if (withheld != null) {
				answer.set(name, withheld);
			}
		}
	}

	/**
	 * Some shared caches have a header of their own (RFC 9213 and older ones) and look at
	 * {@code Cache-Control} only without it.
	 * @param name the name of a header
	 * @return the value that has them keep nothing, or {@code null} for other headers
	 */
	public static @Nullable String withheld(String name) {
		String header = name.toLowerCase(Locale.ROOT);
		if (header.equals("x-accel-expires")) {
			return "0";
		}
		return (header.endsWith("-cache-control") || header.equals("surrogate-control")
				|| header.equals("edge-control")) ? "no-store" : null;
	}

	/**
	 * Add {@code private} to what caches are told, and take back what shared ones were.
	 * @param cacheControl a value of {@code Cache-Control}, or an empty one
	 * @return the value to send
	 */
	public static String withPrivate(String cacheControl) {
		if (cacheControl.isBlank()) {
			return "private";
		}
		Stream<String> directives = Arrays.stream(cacheControl.split(","))
			.map(String::trim)
			.filter((directive) -> !isShared(directive.toLowerCase(Locale.ROOT)));
		return Stream.concat(directives, Stream.of("private")).collect(Collectors.joining(", "));
	}

	private static boolean isShared(String directive) {
		return directive.equals("public") || directive.equals("private") || directive.startsWith("s-maxage");
	}

}
