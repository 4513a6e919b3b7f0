export default {
  "session.who": "谁在值班",
  "session.nobody": "名单是空的",
  "session.nobody.about": "本席位还没有录入人员。请管理员录入后再登录。",
  "session.pin": "登录",
  "session.pin.label": "输入 PIN",
  "session.on_duty": "现在当班：{role}",
  "session.erase": "退格",
  "session.enter": "登录 Enter",
  "session.wait": "还要等 {seconds} 秒",
  "session.demo": "示例席位，所有人的 PIN 都是",
  "session.keys": "上下键选人，输入 PIN 后按 Enter。",
};
