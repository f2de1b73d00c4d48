// What a report does once it is open: charts are drawn, and its live part is made ready.
import {draw, drawAll} from './charts.js';
import {showLive} from './live/live';

showLive(draw);
drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
