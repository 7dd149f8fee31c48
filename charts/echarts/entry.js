// What of echarts the charts of GoBlaze need, and what people's own charts
// need most often within 280 KB of base64: see docs/RATIONALE.md.
import { use } from 'echarts/core';
import {
  BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, PieChart, ScatterChart,
} from 'echarts/charts';
import {
  DatasetComponent, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent,
} from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, PieChart, ScatterChart,
  DatasetComponent, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent,
  SVGRenderer,
]);

export { format, graphic, init, number, registerTheme, time, util, version } from 'echarts/core';
