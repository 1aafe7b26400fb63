package io.github.x402sessions.client.diagnosis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.http.ClockDifference;
import io.github.x402sessions.core.http.OversizedBodyException;

/**
 * Asks servers, within bounds, and compares their clocks with ours.
 */
final class Inquiry {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final int MOST_BYTES = 1024 * 1024;

	private final BoundedHttp http = new BoundedHttp(CONNECT_TIMEOUT, MOST_BYTES);

	private final CheckList list;

	private final Duration timeout;

	private final Clock clock;

	/** Whether they agree with ours, by whose they are. */
	private final Map<String, Boolean> clocks = new LinkedHashMap<>();

	Inquiry(CheckList list, Duration timeout, Clock clock) {
		this.list = list;
		this.timeout = timeout;
		this.clock = clock;
	}

	BoundedHttp http() {
		return this.http;
	}

	Duration timeout() {
		return this.timeout;
	}

	Instant now() {
		return this.clock.instant();
	}

	static HttpRequest.Builder get(URI uri) {
		return HttpRequest.newBuilder(uri)
			.version(BoundedHttp.version(uri.getScheme()))
			.header("Accept", "application/json");
	}

	/** The same request once more, with a body that can be sent again. */
	static HttpRequest.Builder again(HttpRequest request) {
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.version(BoundedHttp.version(request.uri().getScheme()));
	}

	/**
	 * Send a request.
	 * @param server who is asked, for what is said of its clock
	 * @throws IOException if there is no whole answer in time, or none can be asked for
	 */
	BoundedResponse send(String server, HttpRequest.Builder request) throws IOException {
		Instant asked = now();
		BoundedResponse response = exchange(request);
		this.list.noteAnswer();
		ClockDifference.of(response.headers("Date"), response.headers("Age"), asked, now())
			.ifPresent((difference) -> compare(server, difference));
		return response;
	}

	/** Not all that is a URL can be called. */
	private BoundedResponse exchange(HttpRequest.Builder request) throws IOException {
		try {
			return this.http.send(request, this.timeout);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedURLException("it cannot be asked");
		}
	}

	/** Each server is told of once, however often it is asked. */
	private void compare(String server, ClockDifference difference) {
		boolean agrees = difference.isTolerable();
		if (noteClock(server, agrees) && !agrees) {
			this.list.warn("clock", "this machine is " + difference.describe() + " " + server,
					"set the clock of whichever is wrong, by NTP: payments are signed for a time");
		}
	}

	/**
	 * Note how a clock compares with ours.
	 * @return whether it was not known before
	 */
	boolean noteClock(String server, boolean agrees) {
		return this.clocks.putIfAbsent(server, agrees) == null;
	}

	/** Say which clocks agree with ours, if there is one that was compared. */
	void tellClocks() {
		List<String> agreeing = this.clocks.keySet().stream().filter(this.clocks::get).toList();
		if (!agreeing.isEmpty()) {
			this.list.ok("clock", "this machine has the time of " + String.join(", ", agreeing));
		}
	}

	/** Why there was no answer, in our words. */
	static String why(IOException failure) {
		List<Throwable> causes = Stream.<Throwable>iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.limit(10)
			.toList();
		if (has(causes, MalformedURLException.class)) {
			return "has a URL that cannot be called";
		}
		if (has(causes, OversizedBodyException.class)) {
			return "answers more than " + MOST_BYTES / 1024 + " KiB";
		}
		if (has(causes, UnresolvedAddressException.class) || has(causes, UnknownHostException.class)) {
			return "has a name that is not known";
		}
		if (has(causes, HttpTimeoutException.class)) {
			return "does not answer in time";
		}
		if (has(causes, SSLException.class)) {
			return "has no certificate that is trusted here, or speaks no TLS";
		}
		return has(causes, ConnectException.class) ? "takes no connection" : "gives no whole answer";
	}

	private static boolean has(List<Throwable> causes, Class<?> type) {
		return causes.stream().anyMatch(type::isInstance);
	}

}
