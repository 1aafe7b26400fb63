package io.github.x402sessions.samples.paidchat.chat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;

/**
 * A bot in the manner of Weizenbaum's ELIZA: turns what was said around by patterns and
 * understands none of it.
 */
class ElizaBot implements ChatBot {

	/** Of its words, which it has all at once. */
	private static final Duration PACE = Duration.ofMillis(60);

	private static final Map<String, String> TURNED = Map.ofEntries(Map.entry("i", "you"), Map.entry("me", "you"),
			Map.entry("my", "your"), Map.entry("mine", "yours"), Map.entry("am", "are"), Map.entry("i'm", "you are"),
			Map.entry("you", "I"), Map.entry("your", "my"), Map.entry("yours", "mine"), Map.entry("are", "am"),
			Map.entry("myself", "yourself"), Map.entry("yourself", "myself"));

	private static final List<Rule> RULES = List.of(
			Rule.of("\\b(?:hello|hi|hey)\\b.*", "Good to see you. What brings you here?",
					"Hello. What shall we talk about?"),
			Rule.of("\\bi need (.+)", "What would change if you had %s?", "How long have you needed %s?"),
			Rule.of("\\bi want (.+)", "Suppose you got %s. What then?", "Who else knows that you want %s?"),
			Rule.of("\\bi(?: am|'m) (.+)", "How long have you been %s?", "What is it like to be %s?"),
			Rule.of("\\bi feel (.+)", "When did you first feel %s?", "What usually makes you feel %s?"),
			Rule.of("\\bi (?:can't|cannot) (.+)", "What keeps you from it: to %s?", "Could you %s if you had help?"),
			Rule.of("\\bbecause (.+)", "Is that the whole reason?", "And if it were not so that %s?"),
			Rule.of("\\bmy (.+)", "Tell me more about your %s.", "Why does your %s matter to you?"),
			Rule.of("\\b(?:are|can|do) you (.+)", "Would it help you to know whether I %s?",
					"You paid to ask that. What do you hope to hear?"),
			Rule.of("\\b(?:money|pay|price|cost)\\b.*", "Each of my words has its price. Is that fair?",
					"What is a good answer worth to you?"),
			Rule.of("\\bwhy (.+)", "What would you say yourself?", "What makes you ask why %s?"),
			Rule.of(".*", "Go on.", "What does that suggest to you?", "And how do you feel about that?"));

	private final AtomicInteger turn = new AtomicInteger();

	@Override
	public String name() {
		return "embedded ELIZA-style bot";
	}

	@Override
	public Tariff tariff() {
		return Tariff.FLAT;
	}

	@Override
	public Flux<String> reply(String message) {
		return Flux.just(answer(message).split("(?<= )")).delayElements(PACE);
	}

	private String answer(String message) {
		String said = message.strip().replaceAll("[.!?\\s]+$", "");
		for (Rule rule : RULES) {
			Matcher matcher = rule.pattern().matcher(said);
			if (matcher.find()) {
				String rest = (matcher.groupCount() > 0) ? turnAround(matcher.group(1)) : "";
				List<String> replies = rule.replies();
				return replies.get(Math.floorMod(this.turn.getAndIncrement(), replies.size())).replace("%s", rest);
			}
		}
		return "Go on.";
	}

	private static String turnAround(String words) {
		return Stream.of(words.split("\\s+"))
			.map((word) -> TURNED.getOrDefault(word.toLowerCase(Locale.ROOT), word))
			.collect(Collectors.joining(" "));
	}

	private record Rule(Pattern pattern, List<String> replies) {

		static Rule of(String pattern, String... replies) {
			return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), List.of(replies));
		}

	}

}
