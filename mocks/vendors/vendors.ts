import { epic } from './epic.ts';
import { lossy } from './lossy.ts';
import { oracle } from './oracle.ts';
import type { VendorName, VendorProfile } from './profile.ts';
import { strict } from './strict.ts';

export const VENDORS: Readonly<Record<VendorName, VendorProfile>> = { strict, epic, oracle, lossy };

export function isVendorName(name: string): name is VendorName {
  return Object.hasOwn(VENDORS, name);
}
