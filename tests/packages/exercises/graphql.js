import { buildSchema, execute, graphql, GraphQLError, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, introspectionFromSchema, parse, print, printSchema, subscribe, validate, visit } from "graphql";
import { show } from "./show.js";

const User = new GraphQLObjectType({ name: "User", fields: () => ({ name: { type: new GraphQLNonNull(GraphQLString) }, friends: { type: new GraphQLList(User), args: { first: { type: GraphQLInt, defaultValue: 1 } }, resolve: (user, { first }) => user.friends.slice(0, first) }, bad: { type: GraphQLString, resolve() { throw new GraphQLError("no", { extensions: { code: "X" } }); } } }) });
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: "Query", fields: { user: { type: User, args: { name: { type: GraphQLString } }, resolve: async (_, { name }) => ({ name, friends: [{ name: "a", friends: [] }, { name: "b", friends: [] }] }) } } }),
  subscription: new GraphQLObjectType({ name: "Subscription", fields: { tick: { type: GraphQLInt, async *subscribe() { yield { tick: 1 }; yield { tick: 2 }; } } } }),
});
show("query", await graphql({ schema, source: "query Q($n: String!, $w: Boolean = false) { me: user(name: $n) { ...F friends(first: 2) { name } extra: name @include(if: $w) } } fragment F on User { name bad }", variableValues: { n: "Ann" } }));
show("validate", validate(schema, parse("{ user { nam } nope }", { noLocation: true })).map((e) => e.message));
show("sdl", printSchema(schema));
const built = buildSchema("type Query { list(of: [In!]! = []): [String] } input In { a: Int = 3, b: E } enum E { P Q }");
show("built", execute({ schema: built, document: parse("{ list(of: [{ b: Q }]) }"), rootValue: { list: ({ of }) => of.map((x) => JSON.stringify(x)) } }));
show("printed", print(visit(parse("query { a(b: {c: [1, \"x\"]}) @d }"), { Field: (node) => ({ ...node, alias: { kind: "Name", value: "z" } }) })));
try { parse("{ a( }"); } catch (error) { show("syntax", [error.message, error.locations]); }
show("introspection", introspectionFromSchema(schema).__schema.types.length);
const ticks = [];
for await (const tick of await subscribe({ schema, document: parse("subscription { tick }") })) ticks.push(tick.data.tick);
show("subscription", ticks);
