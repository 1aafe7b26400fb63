package io.github.x402sessions.devnet.rpc;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;

/**
 * The events that a caller selects, by contract and by topic. All events here are of type
 * {@code contract}.
 *
 * @param contract whether events of contracts are wanted at all
 * @param contracts their addresses; all if empty
 * @param topics what they are about; anything if empty
 */
record EventFilter(boolean contract, List<String> contracts, List<TopicFilter> topics) {

	private static final int MAX_FILTERS = 5;

	/**
	 * Reads the filters of a request.
	 * @throws JsonRpcException if they are none
	 */
	static List<EventFilter> of(Params params) {
		List<Params> given = params.objects("filters");
		if (given.size() > MAX_FILTERS) {
			throw JsonRpcException.invalidParams("maximum 5 filters per request");
		}
		List<EventFilter> filters = new ArrayList<>();
		for (Params one : given) {
			filters.add(of(one, "filter " + (filters.size() + 1) + " invalid: "));
		}
		return filters;
	}

	private static EventFilter of(Params given, String where) {
		List<String> types = List.of(given.text("type").split(",", -1));
		if (!types.stream().allMatch((type) -> List.of("", "system", "contract").contains(type))) {
			throw JsonRpcException
				.invalidParams(where + "filter type invalid: if set, type must be either 'system' or 'contract'");
		}
		List<String> contracts = given.texts("contractIds");
		List<List<String>> topics = given.lists("topics");
		if (contracts.size() > MAX_FILTERS) {
			throw JsonRpcException.invalidParams(where + "maximum 5 contract IDs per filter");
		}
		if (topics.size() > MAX_FILTERS) {
			throw JsonRpcException.invalidParams(where + "maximum 5 topics per filter");
		}
		for (int i = 0; i < contracts.size(); i++) {
			if (!Strkeys.isContractAddress(contracts.get(i))) {
				throw JsonRpcException.invalidParams(where + "contract ID " + (i + 1) + " invalid");
			}
		}
		List<TopicFilter> filters = new ArrayList<>();
		for (List<String> topic : topics) {
			filters.add(TopicFilter.of(topic, where + "topic " + (filters.size() + 1) + " invalid: "));
		}
		return new EventFilter(types.contains("") || types.contains("contract"), contracts, filters);
	}

	boolean matches(GetEvents.Found event) {
		return this.contract && (this.contracts.isEmpty() || this.contracts.contains(event.contractId()))
				&& (this.topics.isEmpty() || this.topics.stream().anyMatch((topic) -> topic.matches(event.topic())));
	}

}
