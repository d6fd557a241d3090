import type { Fault, FaultKind, FaultRule, Faults, PlatformName } from "./model.ts";

interface ActiveRule {
  id: string;
  rule: FaultRule;
  seen: number;
  hits: number;
}

/** The faults in force. The first rule that matches and is due decides; every matching rule counts the call. */
export function createFaults(random: () => number): Faults {
  let active: ActiveRule[] = [];
  let made = 0;
  return {
    add(rules) {
      for (const rule of rules) {
        if (!rule.kind && !rule.kinds?.length) throw new Error("a fault rule needs kind or kinds");
        made += 1;
        active.push({ id: rule.id ?? `fault-${made}`, rule, seen: 0, hits: 0 });
      }
    },
    clear() {
      active = [];
    },
    remove(id) {
      active = active.filter((one) => one.id !== id);
    },
    list: () => active.map(({ id, rule }) => ({ ...rule, id })),
    pick(platform, operation, counted) {
      let chosen: Fault | undefined;
      for (const one of active) {
        if (!matches(one.rule, platform, operation, counted)) continue;
        one.seen += 1;
        if (chosen || !isDue(one, random)) continue;
        const kind = kindOf(one);
        one.hits += 1;
        chosen = { rule: one.id, kind, ms: one.rule.ms };
      }
      return chosen;
    },
  };
}

function matches(rule: FaultRule, platform: PlatformName, operation: string, counted: boolean): boolean {
  if (rule.platform && rule.platform !== platform) return false;
  if (rule.operation && rule.operation !== "*") return rule.operation === operation;
  return counted;
}

function isDue({ rule, seen, hits }: ActiveRule, random: () => number): boolean {
  if (rule.times !== undefined && hits >= rule.times) return false;
  if (rule.every !== undefined && seen % rule.every !== 0) return false;
  return rule.probability === undefined || random() < rule.probability;
}

function kindOf({ rule, hits }: ActiveRule): FaultKind {
  const kinds = rule.kinds?.length ? rule.kinds : [rule.kind ?? "500"];
  return kinds[hits % kinds.length] ?? "500";
}
