package io.github.x402sessions.site;

import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * A page of the site and the Markdown that it is made of.
 *
 * @param source the file, from the root of the repository, with slashes
 * @param target the file of the site, from its root
 * @param document what the file says
 */
record SitePage(String source, String target, Node document) {

	static SitePage of(String source, String target, String text) {
		return new SitePage(source, target, Markdown.parse(text));
	}

	/** What the first heading says. */
	String title() {
		for (Node node = this.document.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading heading && heading.getLevel() == 1) {
				return Markdown.text(heading);
			}
		}
		throw new IllegalStateException(this.source + " has no heading of the first level");
	}

	/** How to get from this page to the root of the site. */
	String toRoot() {
		return "../".repeat((int) this.target.chars().filter((character) -> character == '/').count());
	}

}
