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
  setup() { provide("theme", "dark"); return { items: ref(["a", "<b>"]), html: "<p>" }; },
  template: `<ul><Child v-for="(item, i) in items" :key="i" :label="item" v-slot="{ n }"><b v-if="n">{{ n + i }}</b></Child></ul><input v-model="html"><i v-html="html" /><slot>none</slot>`,
};
show("html", await renderToString(createSSRApp(App)));
const scope = effectScope();
scope.run(() => watchEffect(() => state.nested.n));
scope.stop();
show("scope", scope.active);
