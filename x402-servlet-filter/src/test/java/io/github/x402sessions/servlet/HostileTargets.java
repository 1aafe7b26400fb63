package io.github.x402sessions.servlet;

import java.util.stream.Stream;

/**
 * Targets and headers that no ordinary client sends, where {@code /paid/it} is sold and
 * nothing else is there. Every server has to cope with them.
 */
public final class HostileTargets {

	private HostileTargets() {
	}

	/** Paths of nothing, which look like something. */
	public static Stream<String> ofNothing() {
		return Stream.of("/paid/it/", "/paid/IT", "/paid/it.json", "/paid/it%20", "/paid/it%0a", "/paid/it/../it/x");
	}

	/** Spellings of what is sold that no server serves. */
	public static Stream<String> ofNothingServed() {
		return Stream.of("/paid%2Fit", "/paid%5Cit", "\\paid\\it", "/paid/it%00", "/PAID/it", "/paid/%2e%2e/paid%2fit");
	}

	/** Spellings of what is sold that servers may serve, for money. */
	public static Stream<String> ofWhatIsSold() {
		return Stream.of("/paid//it", "//paid/it", "/paid/it;x=1", "/paid;x=1/it", "/%70aid/it", "/paid/%69t",
				"/paid/./it", "/paid/../paid/it", "/x/../paid/it", "/paid/x/../it", "/paid/it?x=/free", "/paid/it#x",
				"/paid/it%3Bx=1", "/paid/%2e/it", "/;/paid/it", "/paid/it%23", "/paid/%2569t");
	}

	/** Headers that ask for another protocol. */
	public static Stream<String> upgrades() {
		return Stream.of(
				"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
				"Upgrade: h2c, WebSocket\r\nConnection: Upgrade\r\n");
	}

}
