package io.github.x402sessions.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * A block of code of a page. Where the paragraph before it is the name of a file and a
 * colon, it is what that file holds.
 *
 * @param info what stands behind the fence: the language, and what else the walk has to
 * know
 * @param text what it says
 * @param file the file that it is, if it is one
 */
public record CodeBlock(String info, String text, @Nullable String file) {

	/**
	 * Read the blocks of a page.
	 * @param page its file
	 * @return the blocks in their order
	 * @throws IOException if the file cannot be read
	 */
	public static List<CodeBlock> of(Path page) throws IOException {
		List<CodeBlock> blocks = new ArrayList<>();
		Markdown.parse(Files.readString(page)).accept(new AbstractVisitor() {

			@Override
			public void visit(FencedCodeBlock block) {
				String info = Optional.ofNullable(block.getInfo()).orElse("");
				blocks.add(new CodeBlock(info, block.getLiteral(), file(block.getPrevious())));
			}

		});
		return blocks;
	}

	private static @Nullable String file(@Nullable Node before) {
		if (before instanceof Paragraph && before.getFirstChild() instanceof Code name
				&& name.getNext() instanceof Text colon && colon.getLiteral().equals(":") && colon.getNext() == null) {
			return name.getLiteral();
		}
		return null;
	}

	/**
	 * Return the language.
	 * @return the first word behind the fence, or nothing
	 */
	public String language() {
		return this.info.split(" ", -1)[0];
	}

	/** Whether it is a command that goes on running while the next ones are given. */
	boolean isBackground() {
		return this.info.startsWith("sh background");
	}

	/** The port that such a command is waited for at. */
	int port() {
		return Integer.parseInt(this.info.substring(this.info.lastIndexOf(' ') + 1));
	}

}
