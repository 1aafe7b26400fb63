package io.github.x402sessions.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of the module's README, so that tests can run them.
 */
final class Readme {

	private Readme() {
	}

	/** The first example in a language that contains a text. */
	static String example(String language, String containing) throws IOException {
		return examples(language).stream()
			.filter((example) -> example.contains(containing))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("README.md has no such example"));
	}

	/** All examples in a language. */
	static List<String> examples(String language) throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String fence = "```" + language + "\n";
		List<String> examples = new ArrayList<>();
		int start = readme.indexOf(fence);
		while (start >= 0) {
			int end = readme.indexOf("```", start + fence.length());
			examples.add(readme.substring(start + fence.length(), end));
			start = readme.indexOf(fence, end);
		}
		return examples;
	}

	/** What an example imports. */
	static List<String> imports(String example) {
		return example.lines().filter((line) -> line.startsWith("import ")).toList();
	}

	/** An example without its imports. */
	static String code(String example) {
		return example.replaceAll("(?m)^import .*\\R+", "");
	}

}
