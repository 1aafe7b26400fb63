package io.github.x402sessions.site;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.renderer.html.AttributeProvider;

/**
 * The names that the headings of a page are linked by, as the pages' host makes them.
 */
final class HeadingAnchors {

	private final Map<Heading, String> names = new LinkedHashMap<>();

	private HeadingAnchors() {
	}

	static HeadingAnchors of(SitePage page) {
		HeadingAnchors anchors = new HeadingAnchors();
		Map<String, Integer> seen = new HashMap<>();
		page.document().accept(new AbstractVisitor() {

			@Override
			public void visit(Heading heading) {
				String name = Markdown.text(heading)
					.toLowerCase(Locale.ROOT)
					.replaceAll("[^\\w\\- ]", "")
					.replace(' ', '-');
				int before = seen.merge(name, 1, Integer::sum) - 1;
				anchors.names.put(heading, (before == 0) ? name : name + "-" + before);
			}

		});
		return anchors;
	}

	/** The headings of the second level and their names, in their order. */
	Map<String, String> sections() {
		Map<String, String> sections = new LinkedHashMap<>();
		this.names.forEach((heading, name) -> {
			if (heading.getLevel() == 2) {
				sections.put(name, Markdown.text(heading));
			}
		});
		return sections;
	}

	AttributeProvider attributes() {
		return (node, tag, attributes) -> {
			String name = (node instanceof Heading heading) ? this.names.get(heading) : null;
			if (name != null) {
				attributes.put("id", name);
			}
		};
	}

}
