package io.github.x402sessions.core.challenge;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The absolute URL of what is for sale: on a configured public base, or as the server
 * sees it. With a base nothing of the {@code Host} header is used.
 */
public final class ResourceUrl {

	private final @Nullable String base;

	private ResourceUrl(@Nullable String base) {
		this.base = base;
	}

	/**
	 * Take the server's view, as its forwarded-header support has corrected it.
	 * @return no base
	 */
	public static ResourceUrl ofServer() {
		return new ResourceUrl(null);
	}

	/**
	 * Put every resource on a base.
	 * @param base an absolute http or https URL; its path is kept in front of the
	 * application's
	 * @return the base
	 * @throws IllegalArgumentException if it is something else
	 */
	public static ResourceUrl on(URI base) {
		boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
		if (!http || base.getHost() == null || base.getRawUserInfo() != null || base.getRawQuery() != null
				|| base.getRawFragment() != null) {
			throw new IllegalArgumentException("publicBaseUrl must be an absolute http or https URL without user, "
					+ "query or fragment, such as https://shop.example");
		}
		return new ResourceUrl(base.toString().replaceAll("/+$", ""));
	}

	/**
	 * Tell whether the server alone says where it is reached.
	 * @return whether there is a base
	 */
	public boolean isFixed() {
		return this.base != null;
	}

	/**
	 * Return the URL of a request: as the client spelled path and query.
	 * @param seen the URL as the server sees it, without its query
	 * @param path its path, context path included
	 * @param query its query, or {@code null}
	 * @return the absolute URL
	 */
	public String of(String seen, String path, @Nullable String query) {
		String url = (this.base != null) ? this.base + path : seen;
		return (query != null) ? url + "?" + query : url;
	}

}
