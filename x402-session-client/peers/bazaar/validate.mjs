// Checks what our servers tell catalogues with the validator of @x402/extensions: every declaration of a list as
// /.well-known/x402 has it, and the listing that upstream's facilitator would make of a payment that repeats it.
// Arguments: files or URLs of lists.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as bazaar from "@x402/extensions/bazaar";

let checked = 0;
for (const place of process.argv.slice(2)) {
	const text = place.startsWith("http") ? await (await fetch(place)).text() : await readFile(place, "utf8");
	for (const item of JSON.parse(text).items.filter(({ extensions }) => extensions)) {
		const declaration = item.extensions.bazaar;
		for (const validate of [bazaar.validateDiscoveryExtension, bazaar.validateDiscoveryExtensionSpec]) {
			assert.deepEqual(validate(declaration), { valid: true }, `${place}: ${item.resource}`);
		}
		const resource = { url: item.resource.replaceAll(/:(\w+)/g, (name) => (/^:\d/.test(name) ? name : "x")), description: item.description };
		const listed = bazaar.extractDiscoveryInfo({ x402Version: 2, resource, extensions: item.extensions }, item.accepts[0]);
		assert.ok(listed, `${place}: ${item.resource} is not listed`);
		assert.equal(listed.method ?? listed.toolName, declaration.info.input.method ?? declaration.info.input.toolName);
		assert.equal(listed.routeTemplate, declaration.routeTemplate);
		checked++;
	}
}
assert.ok(checked > 0, "nothing is declared");
console.log(`${checked} declarations are valid`);
