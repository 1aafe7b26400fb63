package io.github.x402sessions.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Goes through pages as somebody would who reads them in an empty folder: writes the
 * files, gives the commands, and compares what they print with what the page says that
 * they print.
 */
public final class Walk {

	/** What is there to be read; the build checks it. */
	private static final Set<String> SHOWN = Set.of("java", "properties", "xml", "yaml");

	private final WalkShell shell;

	private String printed = "";

	private Walk(WalkShell shell) {
		this.shell = shell;
	}

	/**
	 * Walk through pages in the same shell. What the first one has started runs until the
	 * end, what another has started until its own end.
	 * @param arguments the empty folder, then the pages
	 * @throws IOException if a page cannot be read or a file cannot be written
	 * @throws InterruptedException if waiting is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		try (WalkShell shell = WalkShell.in(Path.of(arguments[0]))) {
			Walk walk = new Walk(shell);
			walk.page(Path.of(arguments[1]));
			for (String page : List.of(arguments).subList(2, arguments.length)) {
				walk.page(Path.of(page));
			}
		}
	}

	private void page(Path page) throws IOException, InterruptedException {
		Instant start = Instant.now();
		for (CodeBlock block : CodeBlock.of(page)) {
			step(page, block);
		}
		this.shell.begin();
		System.out.printf("== %s: walked in %d s%n", page, Duration.between(start, Instant.now()).toSeconds());
	}

	private void step(Path page, CodeBlock block) throws IOException, InterruptedException {
		String name = block.file();
		if (name != null) {
			Path file = this.shell.folder().resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, block.text());
		}
		else if (block.isBackground()) {
			this.shell.start(block.text(), block.port());
		}
		else if (block.language().equals("sh")) {
			this.printed = this.shell.run(block.text());
		}
		else if (block.language().equals("text")) {
			PrintedText.of(block.text()).check(this.printed);
		}
		else if (!SHOWN.contains(block.language())) {
			throw new IllegalStateException(
					"%s: nobody can walk through a block of '%s'".formatted(page, block.info()));
		}
	}

}
