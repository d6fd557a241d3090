/**
 * Attributes whose value is a claim that the merchant answers for, by law or under the channel's rules: a wrong one endangers people or carriers, or
 * has the product taken down with a fine. No value is harmless there, not even "No" or "None", so a yes to many defaults at once must not make it;
 * each is a question of its own. Told by name, because the channel marks no attribute as such.
 */
const CLAIMS: readonly RegExp[] = [
  // how it may be carried and stored
  /\b(flammable|inflammable|dangerous|hazard(ous|s)?|explosives?|aerosols?|batter(y|ies)|lithium)\b/i,
  // what buyers are warned of, and for whom it is safe
  /\b(warnings?|cautions?|safety|choking|(recommended|minimum|maximum) age|age (group|range|grade))\b/i,
  // what is in it that may harm somebody
  /\b(allergens?|ingredients?|toxic|carcinogen(s|ic)?|prop(osition)? ?65|medical|spf)\b/i,
  // what somebody has tested, registered or approved
  /\b(certificates?|certifications?|certified|compliance|compliant|approvals?|approved|registration|licen[cs]e|fda|cpsc|fcc|ce mark(ing)?)\b/i,
];

/** Whether an attribute of this name is such a claim. */
export const isLiableClaim = (attributeName: string): boolean => CLAIMS.some((claim) => claim.test(attributeName));
