package io.github.x402sessions.facilitator.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.discovery.listing.Declarations;
import io.github.x402sessions.facilitator.discovery.listing.Listing;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;

/**
 * A hundred services as sellers describe them, and forty questions with what should
 * answer each: {@code discovery/listings.tsv} and {@code queries.tsv}.
 */
final class SampleListings {

	private static final ListingReader READER = new ListingReader(16 * 1024, false);

	private SampleListings() {
	}

	/** The listings by their short names. */
	static Map<String, Listing> all() {
		Map<String, Listing> all = new LinkedHashMap<>();
		lines("listings.tsv").forEach((line) -> all.put(line[0], listing(line)));
		return all;
	}

	/** By question, how well each listing answers, 1 to 3. */
	static Map<String, Map<String, Integer>> questions() {
		Map<String, Map<String, Integer>> questions = new LinkedHashMap<>();
		lines("queries.tsv").forEach((line) -> questions.put(line[0],
				Arrays.stream(line[1].split(","))
					.map((graded) -> graded.split(":"))
					.collect(Collectors.toMap((graded) -> graded[0], (graded) -> Integer.parseInt(graded[1])))));
		return questions;
	}

	private static Listing listing(String[] line) {
		boolean tool = line[1].equals("mcp");
		Map<String, Object> parameters = new LinkedHashMap<>();
		Map<String, Object> types = new LinkedHashMap<>();
		for (String parameter : line[7].split(",")) {
			parameters.put(parameter, "value");
			types.put(parameter, Map.of("type", "string"));
		}
		boolean body = List.of("POST", "PUT", "PATCH").contains(line[3]);
		Map<String, Object> input = new LinkedHashMap<>();
		input.put("type", line[1]);
		input.put(tool ? "toolName" : "method", line[3]);
		if (tool) {
			input.put("description", line[6]);
			input.put("inputSchema", Map.of("type", "object", "properties", types));
		}
		else {
			input.put(body ? "body" : "queryParams", parameters);
			if (body) {
				input.put("bodyType", "json");
			}
		}
		Declarations declared = Declarations.http()
			.bazaar("/info", json(Map.of("input", input)))
			.bazaar("/schema", "{\"properties\": {\"input\": {\"type\": \"object\"}}}")
			.resource("url", json(line[2].replaceAll(":([a-z]+)$", "x")))
			.resource("serviceName", json(line[4]))
			.resource("tags", json(line[5].split(",")))
			.resource("description", json(line[6]));
		String path = line[2].replaceFirst("https://[^/]+", "");
		return READER.read((path.contains(":") ? declared.bazaar("/routeTemplate", json(path)) : declared).payment());
	}

	private static String json(Object value) {
		return new String(WireJson.write(value), StandardCharsets.UTF_8);
	}

	private static List<String[]> lines(String name) {
		try (InputStream file = SampleListings.class.getResourceAsStream("/discovery/" + name)) {
			return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> line.split("\t"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
