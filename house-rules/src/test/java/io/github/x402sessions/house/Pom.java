package io.github.x402sessions.house;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One {@code pom.xml} of the house as it is written, without what it inherits.
 */
final class Pom {

	private final Document document;

	private Pom(Document document) {
		this.document = document;
	}

	/** Read the one in a folder of the house, such as {@code samples/paid-chat}. */
	static Pom of(String folder) {
		Path file = House.FOLDER.resolve(folder).resolve("pom.xml");
		try {
			return new Pom(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
		}
		catch (ParserConfigurationException | SAXException | IOException ex) {
			throw new IllegalStateException(file + " cannot be read", ex);
		}
	}

	/** The texts of all elements on a path, such as {@code /project/modules/module}. */
	List<String> texts(String path) {
		try {
			NodeList found = (NodeList) XPathFactory.newInstance()
				.newXPath()
				.evaluate(path, this.document, XPathConstants.NODESET);
			return IntStream.range(0, found.getLength()).mapToObj((i) -> found.item(i).getTextContent()).toList();
		}
		catch (XPathExpressionException ex) {
			throw new IllegalArgumentException(path, ex);
		}
	}

	/** The text of the first of them, empty where there is none. */
	String text(String path) {
		return texts(path).stream().findFirst().orElse("");
	}

}
