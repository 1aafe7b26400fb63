package io.github.x402sessions.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The examples of the module's README, so that tests can run them.
 */
final class Readme {

	private Readme() {
	}

	/** The first example in a language, or in one that contains a text. */
	static String example(String language, String containing) throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String fence = "```" + language + "\n";
		int start = readme.indexOf(fence);
		while (start >= 0) {
			int end = readme.indexOf("```", start + fence.length());
			String example = readme.substring(start + fence.length(), end);
			if (example.contains(containing)) {
				return example;
			}
			start = readme.indexOf(fence, end);
		}
		throw new IllegalStateException("README.md has no such example");
	}

}
