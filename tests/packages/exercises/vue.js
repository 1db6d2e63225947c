import { computed, createSSRApp, defineComponent, effectScope, h, nextTick, provide, inject, reactive, ref, toRaw, watch, watchEffect } from "vue";
import { renderToString } from "vue/server-renderer";
import { show } from "./show.js";

const state = reactive({ list: [1, 2], nested: { n: 1 } });
const total = computed(() => state.list.reduce((a, b) => a + b, 0) * state.nested.n);
const seen = [];
watch(total, (now, before) => seen.push([before, now]));
watchEffect(() => seen.push(`effect ${state.nested.n}`));
state.list.push(3);
state.nested.n = 2;
await nextTick();
show("reactive", [total.value, seen, toRaw(state).list]);
const Child = defineComponent({
  props: { label: { type: String, required: true }, count: { type: Number, default: 5 } },
  setup(props, { slots }) {
    const theme = inject("theme");
    return () => h("li", { class: [theme, { on: props.count > 3 }], style: { color: "red" } }, [props.label, slots.default?.({ n: props.count })]);
  },
});
const App = {
  components: { Child },
  setup() {
    provide("theme", "dark");
    const items = ref(["a", "<b>"]);
    const child = (label, i) => h(Child, { key: i, label }, { default: ({ n }) => h("b", n + i) });
    return () => [h("ul", items.value.map(child)), h("input", { value: "<p>" }), h("i", { innerHTML: "<p>" })];
  },
};
show("html", await renderToString(createSSRApp(App)));
const scope = effectScope();
scope.run(() => watchEffect(() => state.nested.n));
scope.stop();
show("scope", scope.active);
