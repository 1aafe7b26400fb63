package io.github.x402sessions.spring.discovery;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.core.hash.Sha256;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@code GET /.well-known/x402}, in front of what could charge for it. Caches of
 * others may keep the answer only where the server's own URL is known: otherwise it
 * repeats what the request says of it.
 */
public final class WellKnownFilter extends OncePerRequestFilter {

	/** The path within the application. */
	public static final String PATH = "/.well-known/x402";

	private static final Duration KEPT = Duration.ofSeconds(10);

	private final WellKnownDocument document;

	private final @Nullable URI base;

	private final AtomicReference<@Nullable Written> last = new AtomicReference<>();

	/**
	 * Create it.
	 * @param base the URL that clients reach the server at, or {@code null} for what the
	 * request says
	 */
	WellKnownFilter(WellKnownDocument document, @Nullable URI base) {
		this.document = document;
		this.base = base;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
			chain.doFilter(request, response);
			return;
		}
		Written written = written(origin(request), path() + request.getContextPath());
		response.setHeader(HttpHeaders.CACHE_CONTROL, ((this.base != null) ? "public" : "private") + ", max-age=300");
		if (new ServletWebRequest(request, response).checkNotModified(written.tag())) {
			return;
		}
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		byte[] json = written.json().getBytes(StandardCharsets.UTF_8);
		response.setContentLength(json.length);
		if (request.getMethod().equals("GET")) {
			response.getOutputStream().write(json);
		}
	}

	private String origin(HttpServletRequest request) {
		if (this.base != null) {
			return this.base.getScheme() + "://" + this.base.getRawAuthority();
		}
		String url = request.getRequestURL().toString();
		return url.substring(0, url.length() - request.getRequestURI().length());
	}

	private String path() {
		return Optional.ofNullable(this.base).map(URI::getRawPath).orElse("").replaceAll("/+$", "");
	}

	/** Most servers are reached at one URL. */
	private Written written(String origin, String prefix) {
		Written known = this.last.get();
		if (known != null && known.place().equals(origin + prefix)
				&& System.nanoTime() - known.made() < KEPT.toNanos()) {
			return known;
		}
		byte[] json = this.document.write(origin, prefix);
		Written made = new Written(origin + prefix, System.nanoTime(), new String(json, StandardCharsets.UTF_8),
				'"' + HexFormat.of().formatHex(Sha256.begin().digest(json)) + '"');
		this.last.set(made);
		return made;
	}

	private record Written(String place, long made, String json, String tag) {
	}

}
