package io.github.x402sessions.samples.paidchat.chat;

import java.util.List;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;

/**
 * Puts what a bot says, in whatever pieces it comes, into words.
 */
final class Words {

	private static final Pattern BEFORE_SPACE = Pattern.compile("(?<=\\S)(?=\\s)");

	private Words() {
	}

	/**
	 * Return the words of a reply, each as soon as the next one begins.
	 * @param pieces the reply
	 * @return its words, each with the space before it
	 */
	static Flux<String> of(Flux<String> pieces) {
		return pieces.filter((piece) -> !piece.isEmpty())
			.flatMapIterable((piece) -> List.of(BEFORE_SPACE.split(piece)))
			.bufferUntil((part) -> Character.isWhitespace(part.charAt(0)), true)
			.map((parts) -> String.join("", parts))
			.filter((word) -> !word.isBlank());
	}

}
