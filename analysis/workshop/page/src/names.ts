// Invented names for made-up schools: by number, the same in every run and on every computer.
const first = ['Alder', 'Ashfield', 'Beacon', 'Birch', 'Bramble', 'Bridge', 'Brook', 'Canal', 'Castle', 'Cedar', 'Chalk', 'Cherry', 'Cliff', 'Clover', 'Copse', 'Dale', 'Elm', 'Fairway', 'Fern', 'Field', 'Ford', 'Gorse', 'Grange', 'Harbour', 'Hawthorn', 'Hazel', 'Heath', 'Hill', 'Holly', 'Ivy', 'Juniper', 'Kestrel', 'Lake', 'Lark', 'Linden', 'Manor', 'Maple', 'Meadow', 'Mill', 'Moor', 'Oak', 'Orchard', 'Park', 'Pine', 'Quarry', 'Reed', 'River', 'Rowan', 'Sedge', 'Spring', 'Stone', 'Swift', 'Thorn', 'Tower', 'Vale', 'Water', 'Weir', 'Willow', 'Windmill', 'Wood', 'Wren', 'Yew'];
const second = [['High School', 'Academy', 'School', 'Community School'], ['Special School', 'Park School'], ['Centre'], ['College', 'Sixth Form College']];

export function nameOf(school: {address: number; type: number; name?: string}): string {
  if (school.name) return school.name;
  const n = school.address - 1, kinds = second[school.type] ?? second[0];
  const round = Math.floor(n / first.length);
  return `${first[(n * 23) % first.length]}${round > 0 ? ` ${['Upper', 'Lower', 'New', 'North', 'South', 'East', 'West'][round % 7]}` : ''} ${kinds[n % kinds.length]}`;
}
