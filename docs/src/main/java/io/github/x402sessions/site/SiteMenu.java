package io.github.x402sessions.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * The menu of every page: the headings and lists of links of the page that a visitor
 * begins with.
 */
final class SiteMenu {

	private final Map<String, List<Entry>> parts;

	private SiteMenu(Map<String, List<Entry>> parts) {
		this.parts = parts;
	}

	static SiteMenu of(SitePages pages) {
		Map<String, List<Entry>> parts = new LinkedHashMap<>();
		String heading = "";
		for (Node node = pages.start().document().getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading found) {
				heading = Markdown.text(found);
			}
			else if (node instanceof BulletList list && !heading.isEmpty()) {
				parts.put(heading, entries(list));
			}
		}
		return new SiteMenu(parts);
	}

	private static List<Entry> entries(BulletList list) {
		List<Entry> entries = new ArrayList<>();
		list.accept(new AbstractVisitor() {

			@Override
			public void visit(Link link) {
				entries.add(new Entry(Markdown.text(link), link.getDestination()));
			}

		});
		return entries;
	}

	Map<String, List<Entry>> parts() {
		return this.parts;
	}

	/**
	 * A line of the menu.
	 *
	 * @param name what it says
	 * @param link where it leads, from the page that a visitor begins with
	 */
	record Entry(String name, String link) {
	}

}
