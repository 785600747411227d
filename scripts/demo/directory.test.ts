import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDirectory } from '../messenger/src/directory.ts';
import { demoFiles } from './directory.ts';
import { demoPeople } from './people.ts';
import { COUNTIES, UNITS } from './places.ts';

describe("the demo's directory", () => {
  it.each(Object.entries(demoFiles()))('%s is what the generator makes', (name, content) => {
    expect(readFileSync(new URL(name, import.meta.url), 'utf8')).toBe(content);
  });

  it('can be read by the messenger, and everybody has a unit that is a department', () => {
    const file = loadDirectory(JSON.parse(demoFiles()['directory.json'] ?? '') as never);
    const names = new Set(file.departments.map((department) => department.name));
    expect(file.people.every((person) => names.has(person.unit) && names.has(person.area))).toBe(true);
    expect(
      Object.values(file.phones ?? {}).every((id) => file.people.some((person) => person.id === id)),
    ).toBe(true);
  });

  it('gives every unit somebody who answers, every city department a head, every county its offices', () => {
    const people = demoPeople();
    for (const unit of UNITS.filter((one) => one.type === 'department')) {
      expect(people.some((person) => person.unit === unit && person.role === 'handler')).toBe(true);
      expect(people.some((person) => person.unit === unit && person.role === 'head')).toBe(
        unit.area.tier === 'city',
      );
    }
    for (const area of COUNTIES) {
      const roles = new Set(
        people.filter((person) => person.unit.area === area).map((person) => person.role),
      );
      expect([...roles].sort()).toEqual(['dispatcher', 'handler', 'member', 'reviewer']);
    }
    expect(new Set(people.map((person) => person.name)).size).toBe(people.length);
  });
});
