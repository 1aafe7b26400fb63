package io.github.x402sessions.facilitator.discovery;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.discovery.listing.ListingWords;

/**
 * The words of a question that say what is looked for.
 *
 * @param words the words, each once
 */
record SearchQuery(List<String> words) {

	/** More make a search long and not better. */
	private static final int MOST = 6;

	private static final int LONGEST_WORD = 40;

	private static final Set<String> OTHERS = Set.of("a", "an", "the", "and", "or", "not", "of", "in", "on", "at", "to",
			"for", "from", "by", "with", "without", "about", "into", "as", "is", "are", "was", "be", "do", "does",
			"what", "which", "who", "how", "where", "when", "why", "i", "me", "my", "we", "our", "you", "your", "it",
			"its", "this", "that", "these", "there", "some", "any", "all", "need", "want", "find", "get", "give",
			"show", "please", "something", "api", "apis", "service", "endpoint", "tool", "tools", "one", "using", "use",
			"s");

	/**
	 * Read a question.
	 * @param text the question
	 * @return its words; of one that has no others the little ones, so that none is
	 * without
	 */
	static SearchQuery of(String text) {
		List<String> all = Arrays.stream(ListingWords.words(text).split(" ", -1))
			.filter((word) -> !word.isEmpty() && word.length() <= LONGEST_WORD)
			.distinct()
			.toList();
		List<String> telling = all.stream().filter((word) -> !OTHERS.contains(word)).limit(MOST).toList();
		return new SearchQuery(telling.isEmpty() ? all.stream().limit(MOST).toList() : telling);
	}

}
