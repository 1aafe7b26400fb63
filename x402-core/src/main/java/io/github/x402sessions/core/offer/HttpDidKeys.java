package io.github.x402sessions.core.offer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the documents of {@link DidWeb} names and remembers up to 256 of them, for ten
 * minutes: over HTTPS, but for a server of this machine that is called without; of at
 * most 64 KiB, within 3 seconds, without redirects. That one could not be had is
 * remembered for half a minute. Thread-safe.
 */
public final class HttpDidKeys implements DidKeys {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration DEADLINE = Duration.ofSeconds(3);

	private static final Duration KNOWN = Duration.ofMinutes(10);

	/** A key may be newer than what is remembered. */
	private static final Duration RECENT = Duration.ofSeconds(30);

	private static final int MAX_BYTES = 64 * 1024;

	private static final int MAX_DOCUMENTS = 256;

	private final Cache<URI, Answer> answers = Caffeine.newBuilder()
		.maximumSize(MAX_DOCUMENTS)
		.expireAfterWrite(KNOWN)
		.executor(Runnable::run)
		.build();

	@Override
	public Optional<Ed25519PublicKey> find(DidWeb did, String id, URI service) {
		URI url = did.document(service);
		Answer known = this.answers.getIfPresent(url);
		if (known == null || (!known.isRecent() && !known.has(id))) {
			Answer stale = known;
			known = this.answers.asMap()
				.compute(url, (key, now) -> (now == null || now.equals(stale)) ? fetch(did, key) : now);
		}
		return known.key(id);
	}

	/**
	 * Return those keys that are found without asking anybody.
	 * @return finds what is remembered, and nothing else is available
	 */
	public DidKeys remembered() {
		return (did, id, service) -> {
			Answer known = this.answers.getIfPresent(did.document(service));
			if (known == null || (!known.isRecent() && !known.has(id))) {
				throw new DidUnavailableException("the document of its key was not asked for yet", null);
			}
			return known.key(id);
		};
	}

	private Answer fetch(DidWeb did, URI url) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(url)
				.version(BoundedHttp.version(url.getScheme()))
				.header("Accept", "application/did+json, application/json");
			BoundedResponse response = Shared.HTTP.send(request, DEADLINE);
			if (response.status() != 200) {
				return Answer.failed("the document of its key was answered " + response.status(), null);
			}
			return Answer.of(DidDocument.read(did, response.body()));
		}
		catch (MalformedMessageException ex) {
			return Answer.failed("the document of its key is none: " + ex.getMessage(), ex);
		}
		catch (IOException | RuntimeException ex) {
			return Answer.failed("the document of its key could not be had", ex);
		}
	}

	/**
	 * The answer for one document.
	 *
	 * @param document the document, or {@code null} if there was none
	 * @param why why not
	 * @param cause what went wrong, or {@code null}
	 * @param at when, by {@link System#nanoTime()}
	 */
	private record Answer(@Nullable DidDocument document, String why, @Nullable Exception cause, long at) {

		static Answer of(DidDocument document) {
			return new Answer(document, "", null, System.nanoTime());
		}

		static Answer failed(String why, @Nullable Exception cause) {
			return new Answer(null, why, cause, System.nanoTime());
		}

		boolean isRecent() {
			return System.nanoTime() - this.at < RECENT.toNanos();
		}

		boolean has(String id) {
			return this.document != null && this.document.keys().containsKey(id);
		}

		Optional<Ed25519PublicKey> key(String id) {
			if (this.document == null) {
				throw new DidUnavailableException(this.why, this.cause);
			}
			return Optional.ofNullable(this.document.keys().get(id));
		}

	}

	/** Made when the first document is asked for, which most programs never do. */
	private static final class Shared {

		static final BoundedHttp HTTP = new BoundedHttp(CONNECT_TIMEOUT, MAX_BYTES);

		private Shared() {
		}

	}

}
