package io.github.x402sessions.site;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Writes a page as HTML: what its file says, with the menu beside it and its sections
 * above.
 */
final class PageWriter {

	private static final int SECTIONS_WORTH_A_LIST = 3;

	/** The repository's host draws these; here they would take a script. */
	private static final String DIAGRAM = "(?s)<pre tabindex=\"0\"><code class=\"language-mermaid\">.*?</pre>";

	private static final Pattern TABLE = Pattern.compile("<table>");

	private final PageLinks links;

	private final SiteMenu menu;

	private final String layout;

	PageWriter(PageLinks links, SiteMenu menu) {
		this.links = links;
		this.menu = menu;
		try {
			this.layout = Site.resource("page.html");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String html(SitePage page) {
		this.links.rewrite(page);
		HeadingAnchors anchors = HeadingAnchors.of(page);
		return this.layout.replace("{title}", escaped(page.title()))
			.replace("{root}", page.toRoot())
			.replace("{menu}", menu(page))
			.replace("{sections}", sections(anchors))
			.replace("{content}", content(page, anchors));
	}

	/**
	 * Tables and code scroll by themselves, so the keyboard has to reach them. Markup of
	 * pages is shown as text, so these tags are ours.
	 */
	private static String content(SitePage page, HeadingAnchors anchors) {
		HtmlRenderer renderer = HtmlRenderer.builder()
			.extensions(Markdown.EXTENSIONS)
			.attributeProviderFactory((context) -> anchors.attributes())
			.escapeHtml(true)
			.sanitizeUrls(true)
			.build();
		return numbered(renderer.render(page.document())).replace("<pre>", "<pre tabindex=\"0\">")
			.replace("</table>", "</table></div>")
			.replaceAll("<th( align=\"[a-z]+\")?></th>", "<td$1></td>")
			.replace("<th>", "<th scope=\"col\">")
			.replace("<th align", "<th scope=\"col\" align")
			.replace("<li>[ ] ", "<li class=\"to-do\">")
			.replaceAll(DIAGRAM, "<details><summary>A picture, as text</summary>$0</details>");
	}

	/** Places of a page have names of their own for whoever hears them. */
	private static String numbered(String html) {
		AtomicInteger count = new AtomicInteger();
		return TABLE.matcher(html)
			.replaceAll((table) -> "<div class=\"table\" role=\"region\" aria-label=\"Table %d\" tabindex=\"0\">$0"
				.formatted(count.incrementAndGet()));
	}

	private String menu(SitePage page) {
		StringBuilder html = new StringBuilder();
		this.menu.parts().forEach((heading, entries) -> html.append(part(page, heading, entries)));
		return html.toString();
	}

	private String part(SitePage page, String heading, List<SiteMenu.Entry> entries) {
		return "<h2>%s</h2>\n<ul>\n%s</ul>\n".formatted(escaped(heading),
				entries.stream().map((entry) -> entry(page, entry)).collect(Collectors.joining()));
	}

	private String entry(SitePage page, SiteMenu.Entry entry) {
		String link = page.toRoot() + this.links.fromStart(entry.link());
		String current = link.equals(page.toRoot() + page.target()) ? " aria-current=\"page\"" : "";
		return "<li><a href=\"%s\"%s>%s</a></li>\n".formatted(escaped(link), current, escaped(entry.name()));
	}

	private static String sections(HeadingAnchors anchors) {
		Map<String, String> sections = anchors.sections();
		if (sections.size() < SECTIONS_WORTH_A_LIST) {
			return "";
		}
		return sections.entrySet()
			.stream()
			.map((section) -> "<li><a href=\"#%s\">%s</a></li>\n".formatted(section.getKey(),
					escaped(section.getValue())))
			.collect(Collectors.joining("", "<nav class=\"sections\" aria-label=\"On this page\">\n<ul>\n",
					"</ul>\n</nav>\n"));
	}

	static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
