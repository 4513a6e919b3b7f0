export default {
  "help.title": "按键表",
  "help.everywhere": "在任何地方",
  "help.here": "在这个页面",
  "help.always": "通用",
  "help.confirm": "确认当前表单",
  "help.back": "返回，不会丢字",
  "help.next": "到下一栏",
  "help.rows": "在列表里移动",
  "help.ends": "到列表开头、末尾",
  "help.pages": "一次移动一页",
  "help.open": "打开选中的一条",
};
