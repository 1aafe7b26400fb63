package io.github.x402sessions.servlet.request;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The absolute URL of what is for sale: on a configured public base, or as the container
 * sees it. With a base nothing of the {@code Host} header is used.
 */
public final class ResourceUrl {

	private final @Nullable String base;

	private ResourceUrl(@Nullable String base) {
		this.base = base;
	}

	/** The container's view, as its forwarded-header support has corrected it. */
	public static ResourceUrl ofContainer() {
		return new ResourceUrl(null);
	}

	/**
	 * Put every resource on a base.
	 * @param base an absolute http or https URL; its path is kept in front of the
	 * application's
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

	/** Whether the server alone says where it is reached. */
	public boolean isFixed() {
		return this.base != null;
	}

	/**
	 * The URL of a request: as the client spelled path and query, context path included.
	 */
	public String of(HttpServletRequest request) {
		String url = (this.base != null) ? this.base + request.getRequestURI() : request.getRequestURL().toString();
		String query = request.getQueryString();
		return (query != null) ? url + "?" + query : url;
	}

}
