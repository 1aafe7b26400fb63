package io.github.x402sessions.client.payment.jdk;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.client.payment.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an answer sends the caller on (RFC 9110, section 15.4), and takes it only
 * to where the request went: headers of a caller are for one origin, and so is a session.
 * An answer that leads elsewhere is the caller's.
 *
 * @param <T> the type of the body
 */
final class Redirection<T> implements HttpResponse.BodyHandler<T> {

	/** As many as the JDK's client follows. */
	static final int MAX = 5;

	private static final Set<Integer> KEEPING = Set.of(307, 308);

	private static final Set<Integer> CHANGING = Set.of(301, 302, 303);

	private static final int SEE_OTHER = 303;

	private final HttpRequest request;

	private final HttpResponse.BodyHandler<T> delegate;

	private volatile @Nullable HttpRequest next;

	Redirection(HttpRequest request, HttpResponse.BodyHandler<T> delegate) {
		this.request = request;
		this.delegate = delegate;
	}

	@Override
	public HttpResponse.BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
		this.next = target(info.headers()).flatMap((target) -> follow(info.statusCode(), target)).orElse(null);
		return (this.next != null) ? new DroppedBody<>() : this.delegate.apply(info);
	}

	/** The request to make instead, once there is an answer that asks for it. */
	@Nullable HttpRequest next() {
		return this.next;
	}

	private Optional<URI> target(HttpHeaders headers) {
		List<String> locations = headers.allValues("Location");
		if (locations.size() != 1) {
			return Optional.empty();
		}
		try {
			URI target = this.request.uri().resolve(locations.get(0));
			boolean home = target.getRawUserInfo() == null && Origin.of(target).equals(Origin.of(this.request.uri()));
			return home ? Optional.of(target) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private Optional<HttpRequest> follow(int status, URI target) {
		String method = this.request.method();
		if (KEEPING.contains(status) || (CHANGING.contains(status) && method.equals("GET"))
				|| (CHANGING.contains(status) && method.equals("HEAD"))) {
			return isRepeatable()
					? Optional.of(HttpRequest.newBuilder(this.request, (name, value) -> true).uri(target).build())
					: Optional.empty();
		}
		if (status == SEE_OTHER || (CHANGING.contains(status) && method.equals("POST"))) {
			return Optional
				.of(HttpRequest.newBuilder(this.request, (name, value) -> !isOfBody(name)).uri(target).GET().build());
		}
		return Optional.empty();
	}

	/** What has no known length may be there only once. */
	private boolean isRepeatable() {
		return this.request.bodyPublisher().map((body) -> body.contentLength() >= 0).orElse(true);
	}

	private static boolean isOfBody(String header) {
		return header.toLowerCase(Locale.ROOT).startsWith("content-");
	}

}
