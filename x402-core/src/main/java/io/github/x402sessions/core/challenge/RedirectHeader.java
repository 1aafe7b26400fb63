package io.github.x402sessions.core.challenge;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The header by which the page that pays is told where a redirect leads: the script of a
 * page can neither see that nor keep its payment from going there. Who asks for it gets
 * 200 in place of the redirect.
 */
public final class RedirectHeader {

	/** Of a request: {@code tell}. Of an answer: where it leads. */
	public static final String NAME = "X402-Redirect";

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private RedirectHeader() {
	}

	/**
	 * Return whether a request asks for it.
	 * @param value the value of the request's header, or {@code null}
	 * @return whether a redirect is to be told
	 */
	public static boolean isAskedFor(@Nullable String value) {
		return "tell".equals(value);
	}

	/**
	 * Return whether an answer leads elsewhere.
	 * @param status its HTTP status
	 * @return whether browsers follow its {@code Location}
	 */
	public static boolean isRedirect(int status) {
		return REDIRECTS.contains(status);
	}

}
